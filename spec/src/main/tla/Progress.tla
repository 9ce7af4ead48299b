------------------------------ MODULE Progress ------------------------------
(***************************************************************************)
(* Progress with a majority: once faults are over, and while a majority is *)
(* up and hears each other, somebody serves and commits.                   *)
(*                                                                         *)
(* Ballots are bounded in a model, so the last one stands for the member   *)
(* whom the others let go first (the turns of candidates are staggered in  *)
(* time).  Before it is promised by its owner anything may happen; from    *)
(* then on only the members of Alive take steps, and each step that stays  *)
(* possible is taken.                                                      *)
(***************************************************************************)
EXTENDS ReplicationModel

CONSTANT Alive \* a majority, the owner of the last ballot among them

LastBallot == CHOOSE b \in Ballot : \A other \in Ballot : other <= b
First == Owner(LastBallot)

FaultsAreOver == LastBallot \in prepared /\ promised[First] = LastBallot

(* The log of an earlier leader leaves room for the last one's.                                  *)
RoomForTheLast(b) == IF b = LastBallot THEN MaxLsn ELSE MaxLsn - 2

Calm(r) ==
    \/ \E records \in 1..Len(unsynced[r]) : OnPersisted(r, records)
    \/ ConfirmToLeader(r)
    \/ OnPrepare(r, First, LastBallot)
    \/ \E Q \in Quorum : Q \subseteq Alive /\ OnPromise(r, Q)
    \/ OnFetched(r)
    \/ Propose(r)
    \/ AdvanceCommit(r)

(* Time passes for everybody: the grants to leaders of earlier ballots end.                      *)
GrantsEnd == \E l, r \in Replica : leads[l] # LastBallot /\ LeaseEnds(l, r)

(* A mutation, in the place of GrantsEnd: a member that granted a lease waits for its leader.    *)
LeasesNeverEnd == FALSE

CalmNext ==
    IF FaultsAreOver
    THEN \/ \E r \in Alive :
              \/ Calm(r)
              \/ \E previous \in 0..MaxLsn, count \in 0..1 :
                     OnAccept(r, LastBallot, previous, count)
              \/ \E l \in Replica : Renew(l, r)
         \/ \E l, r \in Replica : LeaseEnds(l, r)
    ELSE Next

CalmSpec ==
    /\ Init
    /\ [][CalmNext]_vars
    /\ WF_vars(FaultsAreOver /\ GrantsEnd)
    /\ \A r \in Alive :
         /\ WF_vars(FaultsAreOver /\ Calm(r))
         /\ WF_vars(FaultsAreOver /\ \E l \in Replica : Renew(l, r))
         /\ \A previous \in 0..MaxLsn :
                WF_vars(FaultsAreOver /\ OnAccept(r, LastBallot, previous, 1))

(* Its BALLOT_START and a command after it are committed, and it holds the lease.                *)
SomebodyServes == \E l \in Alive : MayServe(l) /\ committed[l] > BallotStart(leads[l])

Progress == FaultsAreOver ~> SomebodyServes
=============================================================================
