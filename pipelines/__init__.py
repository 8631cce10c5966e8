"""What happens, in order: the Beam graph, its steps, the formats it reads and the command."""
