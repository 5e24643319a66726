namespace RecordHub.Core.Identity;

/// <summary>Decides whose a record is. Never a false link: what is not certain is held.</summary>
public static class Assignment
{
    /// <summary>Weighs a record's claim against what is known.</summary>
    public static AssignmentDecision Decide(PatientClaim claim, AssignmentEvidence evidence) =>
        throw new NotImplementedException();
}
