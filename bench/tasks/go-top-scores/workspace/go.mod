module example.org/top-scores

go 1.21
