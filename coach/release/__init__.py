"""Write approved drafts; takes nothing else."""
