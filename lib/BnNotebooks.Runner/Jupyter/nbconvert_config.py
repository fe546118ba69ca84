# Read by `jupyter nbconvert --config`. Tells the Runner as it happens, a line of JSON each, that the kernel is ready and what
# came of a cell. nbconvert itself tells nothing until the end, and after a failure not even that.
import json
import os

# The kernel inherits our output stream and prints there. It gets the error stream in its place, so our lines stand alone.
lines = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def tell(**message):
    lines.write(json.dumps(message) + "\n")
    lines.flush()


c = get_config()  # which Jupyter defines for this file
c.ExecutePreprocessor.timeout = -1  # the Runner keeps the time
c.ExecutePreprocessor.startup_timeout = 120
c.ExecutePreprocessor.kernel_name = ".net-csharp"
c.ExecutePreprocessor.on_notebook_start = lambda notebook: tell()
c.ExecutePreprocessor.on_cell_executed = lambda cell, cell_index, execute_reply: tell(
    index=cell_index, count=cell.execution_count, outputs=cell.outputs)
