import Testing
import Storage
