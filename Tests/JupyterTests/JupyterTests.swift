import Testing
import Jupyter
