import CZeroMQ

func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }
