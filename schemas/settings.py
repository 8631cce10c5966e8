"""The settings of a run: everything that decides what comes out, in one file."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.policy import Verdict
from schemas.rights_policy import Purpose


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dedup(_Settings):
    """How alike two documents must be to count as copies."""

    threshold: float = Field(
        0.75, ge=0.5, le=0.99, description="Jaccard similarity of 5-word shingles."
    )
    url_threshold: float | None = Field(
        None,
        ge=0,
        le=0.99,
        description="Similarity from which documents at one address count as copies; 0 is whatever"
        " they say, null compares no addresses.",
    )
    against: list[str] = Field([], description="Folders of earlier releases whose texts are known.")
    partitions: int = Field(64, ge=1, le=65536, description="Parts of the band space.")


class EvaluationSet(_Settings):
    """A test that models may be given: no document of the corpus may hold passages of it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
    paths: Annotated[list[str], Field(min_length=1)] = Field(description="Files, as globs.")
    format: str | None = Field(None, description="Of the files; by their suffix when absent.")
    fields: Annotated[list[str], Field(min_length=1)] = Field(
        ["text"], description="Keys or columns that hold text; each value is an item of its own."
    )
    unit: Literal["line", "paragraph", "file"] = Field(
        "line", description="What an item is in plain text."
    )
    ngram: int = Field(
        13, ge=8, le=50, description="Words in a passage (Brown et al. 2020: 13, never below 8)."
    )
    most: int = Field(
        0, ge=0, description="Passages of the set that a document may hold; with more it goes."
    )


class Model(_Settings):
    """A language model other than the default one."""

    path: str = Field(description="A fastText .bin or .ftz; or, alone, the name of a packaged one.")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="Digest of the file; a model that is not in the package needs it."
    )
    labels: Literal["lid176", "flores"] = Field(
        "flores", description="How the model names languages: lid.176 codes, or xxx_Xxxx."
    )
    licence: str | None = Field(
        None, description="Licence of a model that is not in the package, for the run's record."
    )


class Sizes(_Settings):
    """How much is held in memory and in one file, in megabytes of text."""

    split_mb: float = Field(64, gt=0, description="A file that can be split is read in such parts.")
    batch_mb: float = Field(16, gt=0, description="Text of one batch; memory grows with it.")
    shard_mb: float = Field(128, gt=0, description="Text of one released Parquet file.")
    row_group_mb: float = Field(64, gt=0, description="Text of one Parquet row group.")


class RunSettings(_Settings):
    """What `endonym curate RUN.yaml` is given."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$")]
    sources: Annotated[list[str], Field(min_length=1)] = Field(description="Cards, as globs.")
    policy: str | None = Field(
        None, description="Policy file, or the name of a policy; the strict default when absent."
    )
    purpose: Purpose | None = Field(None, description="What the corpus is for.")
    languages: Literal["all"] | Annotated[list[str], Field(min_length=1)] = "all"
    unwanted_language: Verdict = Field("remove", description="A language that is not in the list.")
    model: Model | None = None
    second_model: Model | None = Field(
        None, description="Another model, to be asked as well; the policy has models_disagree."
    )
    dedup: Dedup = Dedup()
    decontaminate: list[EvaluationSet] = Field(
        [], description="Evaluation sets whose passages the corpus must not hold."
    )
    sizes: Sizes = Sizes()
    decisions: str = Field(
        "decisions/in-force.yaml",
        description="Decisions of stewards, written by endonym decisions apply; read if there.",
    )
    as_of: date | None = Field(None, description="The day that cards are held against; else today.")
    key: str | None = Field(None, description="File with 64 hexadecimal characters.")
    keep_staging: bool = Field(default=False, description="Keep the staged batches after the run.")
    output: str
