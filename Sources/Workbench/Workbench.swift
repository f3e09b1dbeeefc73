// The first file lands here.
