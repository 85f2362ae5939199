"""Which unit of a county a line of a file means: by its code, or by names of town and village."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches

from yike.rooms.regions import codes, queries
from yike.rooms.regions.queries import RegionRow


class Finder:
    """The units of one county, read once; answers with a code or a sentence why not."""

    def __init__(self, county: str) -> None:
        self.county = queries.region(county)
        self._units = {row.code: row for row in queries.regions_in(codes.span(county))}
        self._named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self._units.values():
            for name in {row.name, row.short_name}:
                self._named[(row.level, name)].add(row.code)

    def unit(self, code: str) -> RegionRow:
        """This will return a unit that `by_code` or `by_names` found."""
        return self._units[code]

    def units(self, *levels: str) -> list[RegionRow]:
        """This will return the units of some levels."""
        return [row for row in self._units.values() if row.level in levels]

    def by_code(self, typed: str) -> tuple[str, str]:
        """This will return (code, ""), or ("", why not) for what is no code of this county."""
        try:
            code = codes.padded(typed)
        except ValueError:
            return "", f"代码“{typed}”应为 6、9 或 12 位数字"
        if code in self._units:
            return code, ""
        return "", f"代码“{typed}”不在{self.county.name}的区划里"

    def by_names(self, town: str, village: str = "") -> tuple[str, str]:
        """This will return (code, "") of a town or village, of the county itself, or why not."""
        if not village:
            if town in {self.county.name, self.county.short_name}:
                return self.county.code, ""
            return self._one("town", town, "")
        if not town:
            return self._one("village", village, "")
        code, said = self._one("town", town, "")
        return self._one("village", village, code) if code else ("", said)

    def by_any_name(self, name: str) -> tuple[str, str]:
        """This will return the one unit of any level with this name, or why it cannot."""
        code, _ = self.by_names(name)
        if code:
            return code, ""
        code, said = self._one("village", name, "")
        known = bool(self._named.get(("village", name)))
        return (code, said) if code or known else self.by_names(name)

    def _one(self, level: str, name: str, town: str) -> tuple[str, str]:
        found = {
            code
            for code in self._named.get((level, name), ())
            if not town or code.startswith(town[:9])
        }
        if len(found) == 1:
            return found.pop(), ""
        where = self._units[town].name if town else self.county.name
        if found:
            return "", f"{where}有 {len(found)} 个“{name}”，请写代码，或把乡镇也写上"
        return "", f"{where}没有“{name}”{self._like(level, name, town)}"

    def _like(self, level: str, name: str, town: str) -> str:
        names = [
            row.name
            for row in self._units.values()
            if row.level == level and (not town or row.code.startswith(town[:9]))
        ]
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        return f"，是不是“{near[0]}”" if near else ""
