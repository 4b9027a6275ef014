"""Pictures that people keep and show: progress, interview reports, certificates."""
