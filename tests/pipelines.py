"""A small spaCy pipeline that knows the names it is given: no model is needed to see what becomes of its tags."""

import spacy

GERMAN_NAMES = {
    "Anna Weber": "PER",
    "Weber": "PER",
    "Jonas Brandt": "PER",
    "Hafenamt Lauenbrück": "ORG",
    "Lissabon": "LOC",
    "Salz und Segel": "MISC",
    "deutsche": "NORP",
    "Montag": "DATE",
}


def save_pipeline(folder, names=GERMAN_NAMES, *, language="de"):
    """Save a pipeline to a folder; its name is as NEWSROOM_TAGGERS has it."""
    pipeline = spacy.blank(language, meta={"name": "harbour", "version": "2.1"})
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in names.items()])
    pipeline.to_disk(folder)
    return f"spacy:{folder}"
