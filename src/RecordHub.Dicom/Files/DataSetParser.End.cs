using System.Buffers;

namespace RecordHub.Dicom.Files;

/// <content>What it means that there is no more input.</content>
internal sealed partial class DataSetParser
{
    /// <summary>Says that the input has ended.</summary>
    public void Complete()
    {
        if (_step is Step.Value or Step.Skip && _remaining == 0)
        {
            FinishPending();
        }

        if (_step == Step.Header && _carried >= ShortHeader)
        {
            // What was waiting for more bytes is as long as it will be.
            _ending = true;
            Span<byte> rest = stackalloc byte[LongHeader];
            int left = _carried;
            _carry[..left].CopyTo(rest);
            (_carried, _need) = (0, ShortHeader);
            Consume(rest[..left]);
        }

        if (_step == Step.Header && _carried == 0)
        {
            CloseEnded();
        }

        if (_resyncFrom >= 0)
        {
            Warn(ReadTolerance.UnreadableElement, _resyncFrom, Top.LastTag);
            TruncatedAt ??= _resyncFrom;
        }
        else if (_step is Step.Value or Step.Skip or Step.Scan)
        {
            EndsTooEarly(_step == Step.Skip && _value.Tag == 0 ? Top.LastTag : _value.Tag);
        }
        else if (_step == Step.Header)
        {
            CompleteHeader();
        }

        while (_depth > 0)
        {
            Pop();
        }

        CompletePixelData();
        ArrayPool<ReadFrame>.Shared.Return(_stack);
        _stack = [];
    }

    private void CompleteHeader()
    {
        bool zeros = !Unread.ContainsAnyExcept((byte)0);
        if (_depth > 0 && AllEndHere())
        {
            Warn(ReadTolerance.MisplacedDelimiter, _position, Top.Tag);
        }
        else if (_depth > 0)
        {
            EndsTooEarly(Top.Tag);
        }
        else if (_carried == 0)
        {
            return;
        }
        else if (zeros)
        {
            Warn(ReadTolerance.TrailingZeros, _position, Top.LastTag);
        }
        else if (_pixelTag != 0)
        {
            Warn(ReadTolerance.DataAfterPixelData, _position, Top.LastTag);
        }
        else
        {
            EndsTooEarly(Top.LastTag);
        }
    }

    // The few bytes left over belong to something whose declared length ends with the input.
    private bool AllEndHere()
    {
        for (int depth = 1; depth <= _depth; depth++)
        {
            if (_stack[depth].End < 0 || _stack[depth].End > _position + _carried)
            {
                return false;
            }
        }

        return true;
    }

    private void EndsTooEarly(uint tag)
    {
        TruncatedAt ??= _position + _carried;
        Warn(ReadTolerance.Truncated, _position + _carried, tag);
        if (_step == Step.Value && _tape.CopiesValues)
        {
            _tape.Truncate(_value.Position);
        }
    }
}
