"""What proves that nothing was changed: audit log, Merkle tree, signatures, sign-off, statement."""
