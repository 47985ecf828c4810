"""Train the tagger: `python -m articles.extraction.tagger.training --help`. Needs the extra `train`."""
