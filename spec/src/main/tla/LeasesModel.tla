---------------------------- MODULE LeasesModel ----------------------------
(* The root of the models of Leases: what a configuration names and cannot write itself.         *)
EXTENDS Leases

FirstAndThird(b) == IF b = 1 THEN 1 ELSE 3
FirstToSecond == {<<1, 2>>}
BothToSecond == {<<1, 2>>, <<3, 2>>}
=============================================================================
