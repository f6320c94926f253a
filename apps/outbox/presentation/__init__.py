"""Words of account mails, and rows of the outbox."""
