import Kernel

ProcessStart.prepare()
AttuneCommand.main(ProcessArguments.words)
