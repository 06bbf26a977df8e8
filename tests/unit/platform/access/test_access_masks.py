import pytest

from wangge.platform.access.masks import mask


@pytest.mark.parametrize(
    "element, value, shown",
    [
        ("name", "王秀兰", "王*兰"),
        ("name", "张伟", "张*"),
        ("name", "欧阳小明", "欧**明"),
        ("name", "王", "王"),
        ("phone", "13812345521", "138****5521"),
        ("phone", "12345", "*****"),
        ("id_number", "11010519491231002X", "110**************X"),
        ("birth_date", "1944-05-12", "1944"),
        ("sex", "2", "2"),
        ("phone", None, None),
        ("phone", "", ""),
    ],
)
def test_what_a_list_shows(element, value, shown):
    assert mask(element, value) == shown
