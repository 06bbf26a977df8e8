"""Room `stores`: what callers keep in rows of their own about batches and photos."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class BatchFile(BaseModel):
    """An immutable encrypted batch. The row in which a caller stores this is the batch's commit.

    `wrapped_key` is the file's only key, itself sealed under `key_version` of the master key: who blanks it
    everywhere has erased the batch, wherever copies of the file may lie.
    """

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    name: str
    rows: int
    sha256: str
    key_version: int
    algorithm: str
    wrapped_key: bytes = Field(repr=False)


class Photo(BaseModel):
    """A photo as it is kept: re-encoded as JPEG, without EXIF. `sha256` is of the JPEG; sides in pixels."""

    model_config = ConfigDict(frozen=True)

    id: str
    sha256: str
    width: int
    height: int
