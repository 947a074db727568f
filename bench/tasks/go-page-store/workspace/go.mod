module example.org/page-store

go 1.21
