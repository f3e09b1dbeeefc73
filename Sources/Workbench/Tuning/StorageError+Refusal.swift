import Storage

extension StorageError: Refusal {}
