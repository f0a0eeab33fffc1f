"""The queue of tasks over HTTP; confirming a task is the scanner's."""
