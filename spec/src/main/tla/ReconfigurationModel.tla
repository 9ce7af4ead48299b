------------------------ MODULE ReconfigurationModel ------------------------
(* The root of the models of Reconfiguration, and mistakes one could make, each in the place of  *)
(* one definition.                                                                               *)
EXTENDS Reconfiguration, Owners

(* OneMemberApart: any configuration may follow.                                                 *)
ChangesManyMembers(old, new) == old # new

(* OwnBallotIsCommitted: a change is proposed as soon as the office is taken.                    *)
ChangesBeforeItsBallotStart(l) == TRUE

(* Where that mutation has come to after some steps (in the place of Init, for it takes many): 1  *)
(* of four members leads in the first ballot, and it and a fifth hold the change that adds 5.    *)
FifthMemberHalfAdded ==
    LET changed == <<Entry(1, {}), Entry(1, First \cup {5})>>
    IN  /\ promised = [r \in Replica |-> IF r = 4 THEN NONE ELSE 1]
        /\ log = [r \in Replica |-> IF r \in {1, 5} THEN changed ELSE <<>>]
        /\ leads = [r \in Replica |-> IF r = 1 THEN 1 ELSE NONE]
        /\ committed = [r \in Replica |-> 0]
        /\ holds = [r \in Replica |-> {}]
        /\ promises = {<<r, 1, <<>>>> : r \in {1, 2, 3}}
        /\ proposed = [b \in Ballot |-> IF b = 1 THEN changed ELSE <<>>]
        /\ accepted = [r \in Replica |-> [b \in Ballot |->
               IF r \in {1, 5} /\ b = 1 THEN 2 ELSE 0]]
        /\ chosen = <<>>

(* LastChangeIsCommitted: a change is proposed on top of one that is not committed.              *)
ChangesOnUncommittedChange(l) == TRUE

(* ElectedBy: the first members elect for ever.                                                  *)
ElectsByFirstMembers(voters, adopted) == IsMajority(voters, First)
=============================================================================
