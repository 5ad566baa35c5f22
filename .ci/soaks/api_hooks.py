"""How schemathesis searches here: every case drawn afresh.

Its search for inputs that an operation accepts (the `target` phase) mutates and shrinks cases it has already sent, and costs more than
half of the processor time for cases that stay alike."""

import gc

from hypothesis import Phase, settings

settings.register_profile("afresh", phases=(Phase.explicit, Phase.generate))
settings.load_profile("afresh")
gc.set_threshold(100_000, 50, 50)
