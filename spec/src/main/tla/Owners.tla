------------------------------- MODULE Owners -------------------------------
(* Whose the ballots of the models are.  With two owners in turn every two leaders can supersede *)
(* each other again and again; with three everybody can.                                         *)
EXTENDS Naturals

InTurnOfTwo(b) == ((b - 1) % 2) + 1
InTurnOfThree(b) == ((b - 1) % 3) + 1
=============================================================================
