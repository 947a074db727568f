module example.org/pool-errors

go 1.21
