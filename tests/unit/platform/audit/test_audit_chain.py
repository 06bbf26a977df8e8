import pytest
from django.db import transaction

from wangge.entry.jobs import prove_trail, sealer
from wangge.platform.audit import chain, receipts, trail
from wangge.platform.audit.models import Entry, Look


def acts(actor, count):
    for n in range(count):
        with transaction.atomic():
            trail.record(by=actor, verb="test.act", object_kind="thing", object_id=str(n), details={"n": n})
    sealer.seal_all()  # where writers are serial nothing waits for it


def test_the_chain_proves_what_was_written(db, installer):
    acts(installer, 5)
    assert chain.prove() == chain.Proof(proved=5, broken_at=None, unsealed=0)


@pytest.mark.parametrize(
    "field, value", [("actor", "user:other"), ("verb", "x"), ("object_id", "9"), ("details", {"n": 99})]
)
def test_a_changed_entry_breaks_the_chain_where_it_stands(db, installer, field, value):
    acts(installer, 4)
    Entry.objects.filter(sealed=3).update(**{field: value})
    assert chain.prove().broken_at == 3


def test_a_removed_entry_breaks_the_chain(db, installer):
    acts(installer, 4)
    Entry.objects.filter(sealed=2).delete()
    assert chain.prove().broken_at == 2


def looks(actor):
    for person in ("p1", "p2"):
        with transaction.atomic():
            trail.look(
                by=actor, subjects=[person, "p9"], elements=["phone"], purpose="visit", post="grid_worker"
            )
    sealer.seal_all()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Look.objects.filter(subject="p2").delete(),
        lambda: Look.objects.filter(subject="p2").update(actor="user:other"),
        lambda: Look.objects.filter(subject="p2").update(elements=["name"]),
        lambda: Look.objects.filter(subject="p2").update(subject="p3"),
    ],
)
def test_a_look_that_was_changed_or_removed_shows(db, installer, change):
    looks(installer)
    assert chain.prove() == chain.Proof(proved=2, broken_at=None, unsealed=0)
    change()
    assert chain.prove().broken_at == 2


def test_what_waits_to_be_sealed_is_reported_with_its_looks(db, installer):
    """Where writers aren't serial the newest entries wait for the sealer."""
    looks(installer)
    Entry.objects.filter(sealed=2).update(sealed=None, digest="")
    assert chain.prove() == chain.Proof(proved=1, broken_at=None, unsealed=1)
    assert sealer.seal_all() == 1
    assert chain.prove() == chain.Proof(proved=2, broken_at=None, unsealed=0)


def test_a_look_that_was_added_shows(db, installer, at_moment):
    looks(installer)
    Look.objects.create(entry=2**40, subject="p1", at=at_moment, actor="user:x", post="x", purpose="x")
    assert chain.prove().broken_at == 2


def test_a_tail_that_was_cut_off_shows_against_what_is_kept_outside(db, installer, capsys):
    acts(installer, 4)
    assert prove_trail.main([]) == 0
    kept = capsys.readouterr().out.rsplit(" ", 1)[1].strip()
    assert prove_trail.main(["--since", kept]) == 0
    Entry.objects.filter(sealed__gt=2).delete()
    assert prove_trail.main([]) == 0  # what is left is whole
    assert prove_trail.main(["--since", kept]) == 1
    assert "entry 4" in capsys.readouterr().err
    Entry.objects.filter(sealed=2).update(actor="user:other")
    assert prove_trail.main([]) == 1
    assert prove_trail.main(["--since", "x"]) == 2


def test_a_rolled_back_act_leaves_no_row(db, installer):
    with pytest.raises(RuntimeError), transaction.atomic():
        trail.record(by=installer, verb="test.act", object_kind="thing", object_id="1")
        raise RuntimeError
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_audit_row_outside_a_transaction_is_refused(installer):
    with pytest.raises(trail.OutsideTransaction):
        trail.record(by=installer, verb="test.act", object_kind="thing", object_id="1")


def test_a_look_leaves_one_entry_and_a_row_for_each_person(db, installer, at_moment):
    with transaction.atomic():
        trail.look(
            by=installer,
            subjects=["p1", "p2"],
            elements=["phone"],
            purpose="visit",
            post="grid_worker",
            task="todo:1",
        )
    assert Entry.objects.count() == 1
    assert sorted(Look.objects.values_list("subject", flat=True)) == ["p1", "p2"]
    assert Look.objects.first().elements == ["phone"]


def test_the_same_key_and_body_find_the_first_answer_and_another_body_is_refused(db, installer):
    print_ = receipts.fingerprint(b"POST", b"/x", b"{}")
    receipts.keep(installer, "k", print_, receipts.Answer(200, b"one"))
    assert receipts.find(installer, "k", print_) == receipts.Answer(200, b"one")
    with pytest.raises(receipts.KeyReused):
        receipts.find(installer, "k", receipts.fingerprint(b"POST", b"/x", b'{"a":1}'))


def test_many_acts_at_once_are_links_of_the_same_chain(db, installer):
    acts(installer, 2)
    with transaction.atomic():
        many = [(str(n), {"n": n}) for n in range(5)]
        trail.record_all(by=installer, verb="test.many", object_kind="thing", acts=many)
    acts(installer, 1)
    assert chain.prove() == chain.Proof(proved=8, broken_at=None, unsealed=0)
    named = Entry.objects.filter(verb="test.many").order_by("sealed").values_list("object_id", flat=True)
    assert list(named) == ["0", "1", "2", "3", "4"]
    Entry.objects.filter(sealed=4).update(object_id="9")
    assert chain.prove().broken_at == 4
