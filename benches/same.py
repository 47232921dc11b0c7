"""Whether two programs say the same: the words of pages, and plans as data."""

import csv
import json
from html.parser import HTMLParser

# What stands inside a line of text; any other element begins a new word.
INLINE = {"a", "em", "span", "strong", "time"}


class Words(HTMLParser):
    """The visible words of a page, in their order."""

    def __init__(self):
        super().__init__()
        self.seen = []
        self.in_body = False
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.in_body = self.in_body or tag == "body"
        self.hidden += tag in ("script", "style")
        self.part(tag)

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")
        self.part(tag)

    def handle_data(self, data):
        if self.in_body and not self.hidden:
            self.seen.append(data)

    def part(self, tag):
        if tag not in INLINE:
            self.seen.append(" ")


def words(path):
    reader = Words()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return "".join(reader.seen).split()


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def texts(value):
    """A plan in JSON as the plain facts in it, whichever of its two forms each is written in."""
    if isinstance(value, dict):
        facts = {key: texts(inner) for key, inner in value.items() if inner not in (None, "", [])}
        # A text alone is a table that holds nothing else.
        return next(iter(facts.values())) if set(facts) in ({"text"}, {"name"}) else facts
    if isinstance(value, list):
        return [texts(inner) for inner in value]
    return str(value)


def plan(path):
    return texts(json.loads(path.read_text(encoding="utf-8"))["plan"])


def check(ours, theirs, name, plans, data=True):
    """Fails at the first difference between two published sites, for these plans and the home page."""
    files = [("index.html", words)]
    for each in plans:
        files.append((f"{each}/index.html", words))
        if data:
            files += [(f"{each}/plan.json", plan), (f"{each}/plan.csv", rows)]
    for path, read in files:
        mine, other = read(ours / path), read(theirs / path)
        if not mine:
            raise RuntimeError(f"{path} says nothing")
        if mine != other:
            raise RuntimeError(f"{name} says something else in {path}: {differ(mine, other)}")
    return len(files)


def differ(mine, other):
    if isinstance(mine, list) and isinstance(other, list):
        for at, (one, two) in enumerate(zip(mine, other)):
            if one != two:
                return f"part {at + 1}, {one!r}, is {two!r}"
        return f"it has {len(other)} parts, not {len(mine)}"
    return "the plans differ"
