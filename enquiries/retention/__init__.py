"""How long things are kept: `endings` for enquiries, by council and by how they ended; `lives` for everything else."""
