-------------------------- MODULE TransactionsModel --------------------------
(* The root of the models of Transactions: what a configuration names and cannot write itself.   *)
EXTENDS Transactions

OfItsOwn(i) == i
AllInOne(i) == 1

(* Both write both items.                                                                        *)
BothPut(t, i) == "PUT"

(* The first writes one item on condition of the other, the second the other way round.          *)
EachChecksTheOther(t, i) ==
    IF (t = "t1") = (i = 1) THEN "PUT" ELSE "CHECK"

(* The first deletes one item and checks the other; the second writes both.                      *)
FirstDeletes(t, i) ==
    IF t = "t1" THEN IF i = 1 THEN "DELETE" ELSE "CHECK" ELSE "PUT"

(* In a ring: each writes two of three items.                                                    *)
InARing(t, i) ==
    LET n == CASE t = "t1" -> 1 [] t = "t2" -> 2 [] OTHER -> 3
    IN  IF i = n \/ i = (n % 3) + 1 THEN "PUT" ELSE "NOTHING"

Puts(w) == "PUT"
SecondDeletes(w) == IF w = "w2" THEN "DELETE" ELSE "PUT"
=============================================================================
