from comity_cli.app import main

main()
