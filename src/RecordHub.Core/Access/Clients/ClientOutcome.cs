namespace RecordHub.Core.Access.Clients;

/// <summary>What became of a registration or a change of it.</summary>
public abstract record ClientOutcome
{
    private ClientOutcome()
    {
    }

    /// <summary>It is done.</summary>
    public sealed record Done(RegisteredClient Client) : ClientOutcome;

    /// <summary>There is no valid client of this id.</summary>
    public sealed record NotFound : ClientOutcome;

    /// <summary>It is not taken.</summary>
    public sealed record Refused(string Error, string Advice) : ClientOutcome;
}
