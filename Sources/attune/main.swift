print("Attune")
