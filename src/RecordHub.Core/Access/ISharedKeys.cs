namespace RecordHub.Core.Access;

/// <summary>Random keys that all processes of an installation share, so that one opens what another has sealed.</summary>
public interface ISharedKeys
{
    /// <summary>The key under a name. Of those who give one first at the same time, one is kept and given to all.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="candidate">Kept when there is none yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<byte[]> GetOrAddAsync(string name, byte[] candidate, CancellationToken cancellationToken);
}
