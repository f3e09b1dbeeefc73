import Testing
import Kernel
