namespace RecordHub.Core.Access;

/// <summary>A token just made, with the secret that is shown this once and kept nowhere.</summary>
public sealed record NewToken(AccessToken Token, string Secret)
{
    /// <summary>The id only: the secret is never printed by accident.</summary>
    public override string ToString() => Token.Id;
}
