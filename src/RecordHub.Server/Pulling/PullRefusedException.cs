namespace RecordHub.Server.Pulling;

/// <summary>Nothing can be fetched from a site as things are; the advice says what to do. Carries nothing of a patient.</summary>
public sealed class PullRefusedException(string message, string advice) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Advice { get; } = advice;
}
