"""One file a DVC stage, the command line, MLflow glue: stages read, call, write."""
