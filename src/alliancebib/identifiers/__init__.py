"""DOI, ISBN and ISSN by their form alone: is it one, and what is its bare form.

Text comes in, a verdict or a bare identifier goes out. Whether an identifier exists is a question for a service.
"""

from __future__ import annotations

from alliancebib.identifiers.dois import doi_in, doi_of, doi_of_address, is_doi, without_resolver
from alliancebib.identifiers.numbers import is_isbn, is_issn

__all__ = ["doi_in", "doi_of", "doi_of_address", "is_doi", "is_isbn", "is_issn", "without_resolver"]
