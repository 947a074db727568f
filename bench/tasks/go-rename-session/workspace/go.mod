module example.org/rename-session

go 1.21
