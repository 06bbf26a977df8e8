"""Room `stores`: the Django fields for what identifies a person.

    id_number = SealedTextField(context="registry_person.id_number", null=True)
    id_number_index = BlindIndexField(of="id_number", null=True)

    Person.objects.filter(id_number_index__in=blind_indexes(value, "registry_person.id_number"))

On SQLite and PostgreSQL alike the sealed column is a BinaryField holding an envelope. Python sees a text
whose repr does not show it; the database, and every dump of it, sees ciphertext only.
"""

from __future__ import annotations

import base64
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _

from wangge.platform.stores import sealing

_DUMP = "sealed:"


class SealedTextField(models.BinaryField):
    """A text of which only the sealed form is stored. `context` names the column and must never change.

    It may be assigned a `str`, None, or `bytes` that `sealing.seal_column` made for the same context (the
    fast way in for bulk writes; the index must then be assigned too). It can be asked for `isnull` only: the
    same text is sealed differently each time, so compare its blind index. Whoever can write to the database
    could exchange two rows' values of one column, but neither read them nor move them to another column.
    """

    description = _("Text, encrypted")
    empty_values = [None, ""]

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        if not context:
            raise ValueError("SealedTextField needs a context, such as context='registry_person.id_number'.")
        self.context = context
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Give migrations the context; they can then read and write the column themselves."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["context"] = self.context
        return name, path, list(args), kwargs

    def get_default(self) -> Any:
        """Start from a text where BinaryField would start from bytes."""
        default = super().get_default()
        return "" if default == b"" else default

    def get_prep_value(self, value: Any) -> bytes | None:
        """Seal a text; let through what is sealed already."""
        if value is None:
            return None
        if isinstance(value, str):
            return sealing.seal(value, self.context)
        sealed = bytes(value)
        sealing.unseal(sealed, self.context)
        return sealed

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        """Open what the database holds (`bytes`, or a `memoryview` from PostgreSQL)."""
        return None if value is None else sealing.unseal(bytes(value), self.context)

    def to_python(self, value: Any) -> Any:
        """Read a text, or a dump's sealed text."""
        if not isinstance(value, str) or not value.startswith(_DUMP):
            return value
        try:
            return sealing.unseal(base64.b64decode(value.removeprefix(_DUMP), validate=True), self.context)
        except ValueError as error:
            raise ValidationError(_("This sealed text does not open here.")) from error

    def value_to_string(self, obj: models.Model) -> str:
        """Write a dump in sealed form: `dumpdata` puts nothing in clear into a file."""
        value = self.get_prep_value(self.value_from_object(obj))
        return "" if value is None else _DUMP + base64.b64encode(value).decode("ascii")

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow `isnull` only; anything else would silently find nothing."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self.name} is sealed and can't be looked up by {lookup_name!r}: ask its BlindIndexField with "
            f"__in=blind_indexes(value, {self.context!r})."
        )


class BlindIndexField(models.CharField):
    """The blind index of the sealed field `of`, filled whenever a model is saved or created in bulk.

    `context` is the index's own, by default the sealed field's; two fields that must be matched with each
    other share one. `QuerySet.update()` and `bulk_update()` call no field's `pre_save`: write the index there
    yourself with `sealing.blind_index`. `save(update_fields=…)` names both fields or is refused.
    """

    description = _("Blind index of an encrypted text")

    def __init__(self, *args: Any, of: str, context: str | None = None, **kwargs: Any) -> None:
        self.of = of
        self._own_context = context
        kwargs.setdefault("max_length", sealing.INDEX_LENGTH)
        kwargs.setdefault("db_index", True)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Give migrations the source and the context."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        # Always said: a column with an index of another kind says no, and what isn't said is yes here.
        kwargs["db_index"] = self.db_index  # type: ignore[attr-defined]
        kwargs["of"] = self.of
        if self._own_context is not None:
            kwargs["context"] = self._own_context
        return name, path, list(args), kwargs

    @property
    def context(self) -> str:
        """The context under which values are indexed."""
        if self._own_context is not None:
            return self._own_context
        source = self.model._meta.get_field(self.of)
        if not isinstance(source, SealedTextField):
            raise FieldError(
                f"{self.name} indexes {self.of}, which is no SealedTextField: give it a context."
            )
        return source.context

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Watch over partial saves of the model, which could leave an old index beside a new text."""
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            pre_save.connect(self._refuse_half_a_save, sender=cls)

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        """Index the source's text; keep the index as it is where the source was assigned in sealed form."""
        source = getattr(model_instance, self.of)
        if source is None or isinstance(source, str):
            index = None if source is None else sealing.blind_index(source, self.context) or None
            setattr(model_instance, self.attname, index)
        return getattr(model_instance, self.attname)

    def _refuse_half_a_save(self, sender: Any, update_fields: frozenset[str] | None = None, **_: Any) -> None:
        if update_fields is not None and self.of in update_fields and self.name not in update_fields:
            raise FieldError(
                f"save(update_fields=…) names {self.of!r} but not its index {self.name!r}: name both, or the "
                "row would be found by its old value."
            )
