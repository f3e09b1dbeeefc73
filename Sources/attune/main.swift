AttuneCommand.main()
