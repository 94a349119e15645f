"""One file a DVC stage, the command line, MLflow glue: stages read, call, write."""

import os

# Threads of two OpenMP runtimes spin for each other on a busy machine: 13.6 s instead of 1.6 s
# for one training. Must be set before the first of them is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
