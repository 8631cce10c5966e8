"""P8: a threshold names the paper, the measurement or the decision that it comes from."""

import pytest
from lang_models.profile import available, load

from schemas.errors import InputError


@pytest.mark.parametrize("tag", sorted(available()))
def test_every_limit_of_a_profile_names_its_source_with_a_year(tag):
    profile = load(tag)
    for name, limit in profile.limits.items():
        assert any(str(year) in limit.source for year in range(2010, 2027)), name


@pytest.mark.parametrize("source", ["", "TODO", "tbd", "?", "n/a", "xxx"])
def test_a_placeholder_is_refused(tmp_path, source):
    from lang_models.profile import read_profile

    path = tmp_path / "swh_Latn.yaml"
    path.write_text(f"limits:\n  word_count:\n    min: 5\n    source: '{source}'\n")
    with pytest.raises(InputError, match="source"):
        read_profile(path)
