---------------------------- MODULE LeasesModel ----------------------------
(* The root of the models of Leases: what a configuration names and cannot write itself.         *)
EXTENDS Leases

(* In the place of Resign, where a model is about something else.                                *)
Never(l) == FALSE

(* In the place of Init, to be there sooner: 1 was elected by itself and 2.                      *)
Elected(run, acceptedsSaid, counted) ==
    /\ promised = [n \in Node |-> IF n = 3 THEN NONE ELSE 1]
    /\ promisedBy = [b \in Ballot |-> IF b = 1 THEN {1, 2} ELSE {}]
    /\ leads = [n \in Node |-> IF n = 1 THEN 1 ELSE NONE]
    /\ ledBy = [b \in Ballot |-> IF b = 1 THEN 1 ELSE 0]
    /\ ceded = {}
    /\ accepteds = acceptedsSaid
    /\ countedIn = [n \in Node |-> IF n = 2 THEN counted ELSE [ballot |-> NONE, run |-> 0]]
    /\ incarnation = [n \in Node |-> IF n = 2 THEN run ELSE 1]
    /\ silence = [n \in Node |-> 0]
    /\ withdrawnBy = [l \in Node |-> [m \in Node |-> 0]]
    /\ leaseLeft = [l \in Links |-> 0]
    /\ grantLeft = [l \in Links |-> 0]
    /\ nextAnswer = [l \in Links |-> FirstAnswer(run)]
    /\ withdrawn = [l \in Links |-> [b \in Ballot |-> NOT_WITHDRAWN]]
    /\ answers = {}

FirstLeads ==
    /\ Elected(1, {}, [ballot |-> NONE, run |-> 0])
    /\ grantOf = [l \in Node |-> [m \in Node |-> 0]]
    /\ peerRun = [n \in Node |-> [m \in Node |-> 0]]
    /\ sent = [l \in Links |-> [s \in 1..MaxSequence |-> 0]]
    /\ lastSequence = [l \in Links |-> 0]
    /\ lastAnswerSeen = [l \in Links |-> 0]
    /\ heartbeats = {}

(* And in its second run 2 has counted the group in, long ago; of that run 1 has heard nothing   *)
(* but the Accepted.  A heartbeat that acknowledges the first run's answer is still under way.   *)
LateHeartbeatUnderWay ==
    /\ Elected(2, {<<2, 1, 2>>}, [ballot |-> 1, run |-> 1])
    /\ grantOf = [l \in Node |-> [m \in Node |-> IF l = 1 /\ m = 2 THEN 2 ELSE 0]]
    /\ peerRun = [n \in Node |-> [m \in Node |-> IF {n, m} = {1, 2} THEN 1 ELSE 0]]
    /\ sent = [l \in Links |-> [s \in 1..MaxSequence |-> IF s <= 2 THEN LeaseTicks ELSE 0]]
    /\ lastSequence = [l \in Links |-> 2]
    /\ lastAnswerSeen = [l \in Links |-> FirstAnswer(1)]
    /\ heartbeats = {[link |-> <<1, 2>>, run |-> 1, sequence |-> 2,
                      lastAnswerSeen |-> FirstAnswer(1)]}

FirstAndThird(b) == IF b = 1 THEN 1 ELSE 3
FirstToSecond == {<<1, 2>>}
BothToSecond == {<<1, 2>>, <<3, 2>>}
=============================================================================
