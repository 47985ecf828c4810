"""The archive's own index: one entry a record, written in the transaction that changes the record."""
