module example.org/parse-size

go 1.21
