import Testing
import Studies
