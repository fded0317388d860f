"""An import-linter contract: packages that live side by side meet only at their public modules."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PublicSurfaceContract(Contract):
    """A package under `parent` may import, of each sibling, only the modules named in `public`.

    A public module that has outgrown one file may be a package; what lies inside it stays private.
    """

    parent = fields.ModuleField()
    public = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect every import from one sibling into a private module of another."""
        parent = self.parent.name
        siblings = sorted(graph.find_children(parent))
        reaches = [
            (importer, imported)
            for sibling in siblings
            for importer in sorted({sibling} | graph.find_descendants(sibling))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._is_private_elsewhere(imported, own=sibling, parent=parent)
        ]
        return ContractCheck(kept=not reaches, metadata={"reaches": reaches})

    def _is_private_elsewhere(self, imported: str, *, own: str, parent: str) -> bool:
        if not imported.startswith(f"{parent}.") or imported == own or imported.startswith(f"{own}."):
            return False
        within_sibling = imported.removeprefix(f"{parent}.").split(".")[1:]
        return len(within_sibling) > 1 or (len(within_sibling) == 1 and within_sibling[0] not in self.public)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say who reaches into what."""
        for importer, imported in check.metadata["reaches"]:
            output.print_error(f"{importer} reaches into {imported}: go through its {self._surface()}.")

    def _surface(self) -> str:
        return " or ".join(sorted(self.public))
