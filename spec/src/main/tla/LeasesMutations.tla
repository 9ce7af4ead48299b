-------------------------- MODULE LeasesMutations --------------------------
(***************************************************************************)
(* Mistakes one could make, each in the place of one definition of Leases. *)
(* A configuration in mutations/ makes one of them, and TLC must reject it.*)
(***************************************************************************)
EXTENDS LeasesModel

(* LeaderLeaseTicks: the leader relies on its lease for as long as the granter keeps it.         *)
LeavesNoRoomForDrift == LeaseTicks

(* ReliesFor: the leader counts from the moment when the answer arrives.                         *)
CountsFromTheAnswer(ticksAgo) == LeaderLeaseTicks

(* SilenceAfterRestart: a node that restarted promises at once.                                  *)
ForgetsWhatItGranted == 0

(* Named: an answer renews what it should not, since it names nothing.                           *)
NamesNothingWithdrawn(still) == {}

(* StillWithdrawn: what was named once is not named again, seen or not.                          *)
NamesWithdrawnOnce(link, seen) == [b \in Ballot |->
    IF withdrawn[link][b] > NOT_TOLD THEN NOT_WITHDRAWN ELSE withdrawn[link][b]]

(* KeptFor: the first heartbeat of a run clears what was withdrawn, from that very run, too.     *)
ForgetsWithANewRun(link, heartbeat) ==
    IF heartbeat.run > peerRun[link[2]][link[1]]
    THEN [b \in Ballot |-> NOT_WITHDRAWN]
    ELSE StillWithdrawn(link, heartbeat.lastAnswerSeen)

(* FirstAnswer: every run numbers its answers from one, so that a late heartbeat acknowledges    *)
(* what its sender has never seen.                                                               *)
NumbersAnswersAnew(run) == NOT_TOLD + 1

(* Grants: a grant of an earlier moment binds nobody.                                    *)
EndsGrantsAtOnce(m, holder, run) == FALSE
=============================================================================
