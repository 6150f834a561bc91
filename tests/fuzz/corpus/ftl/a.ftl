# c
a = x { $y }
    .b = z
c = { $n ->
    [one] South Sea
   *[other] x
}
