"""The errors a person can mend, each with the exit code of the command line."""


class TipclassError(Exception):
    """A mistake outside the program: the message says what, where, and what to do."""

    exit_code = 1


class UsageError(TipclassError):
    """Options that do not go together."""

    exit_code = 2


class InputError(TipclassError):
    """Input, corpus or taxonomy that cannot be read."""

    exit_code = 3


class CorpusError(InputError):
    """Labelled tips that cannot be trained or evaluated on."""


class TaxonomyError(InputError):
    """A list of categories that does not hold together."""


class RoutingError(InputError):
    """A routing table that does not hold together."""


class SettingsError(InputError):
    """Local settings that cannot be read or answer what nobody asks."""


class LedgerError(InputError):
    """A workbook that is no ledger, or was changed so that it cannot be read."""


class OutputError(TipclassError):
    """A result that cannot be written where it was asked for."""

    exit_code = 3


class ModelError(TipclassError):
    """A model that is missing, damaged or of another format."""

    exit_code = 4


class GateError(TipclassError):
    """A promise that was not kept: quality, quotas, probes."""

    exit_code = 6


class CrewError(TipclassError):
    """A process of ours that did not come to its end."""
