using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <content>What was understood when the input has ended.</content>
public sealed partial class DicomHeaderReader
{
    /// <summary>Says that the input has ended and gives what was understood.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public DicomHeader Complete()
    {
        End();
        return _result ??= ToHeader();
    }

    /// <summary>Says that the input has ended; for who needs no more than what can be asked of this reader itself.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public void End()
    {
        if (_failure is not null)
        {
            throw new DicomFormatException(_failure.Failure, _failure.Offset);
        }

        if (_phase == Phase.Done)
        {
            return;
        }

        if (_inputLength == 0)
        {
            throw new DicomFormatException(FormatFailure.Empty, 0);
        }

        try
        {
            EndPhases();
        }
        catch (DicomFormatException failure)
        {
            _failure = failure;
            throw;
        }

        if (_dataParser is { } parser)
        {
            parser.Complete();
            parser.Tape.End();
            TruncatedAt = _inflater is null || parser.TruncatedAt is null ? parser.TruncatedAt : _inputLength;
        }
        else
        {
            TruncatedAt = _inputLength;
            _warnings.Add(ReadTolerance.Truncated, _inputLength, default);
        }

        if (_inflater is { IsDamaged: true })
        {
            _warnings.Add(ReadTolerance.DamagedDeflate, _dataSetOffset, default);
            TruncatedAt ??= _inputLength;
        }

        _inflater?.Dispose();
        _phase = Phase.Done;
        if (_dataParser?.Tape is not { Count: > 0 } && _metaTape is not { Count: > 0 })
        {
            _failure = new DicomFormatException(FormatFailure.NotDicom, _dataSetOffset);
            throw _failure;
        }
    }

    private DicomHeader ToHeader()
    {
        DataSetTape? meta = _metaTape?.Build();
        DataSetTape tape = _dataParser?.Tape.Build() ?? DataSetTape.Empty;
        PixelDataLocation? pixels = _dataParser?.PixelData(tape);
        DicomDataSet dataSet = new(tape, 0, tape.Count, parent: null);
        HeaderCheck.Warn(dataSet, tape, _warnings);
        return new DicomHeader
        {
            FileMeta = meta is null ? null : new DicomDataSet(meta, 0, meta.Count, parent: null),
            DataSet = dataSet,
            TransferSyntax = ActualSyntax(pixels),
            DataSetOffset = _dataSetOffset,
            InputLength = _inputLength,
            PixelData = pixels,
            Warnings = _warnings.Warnings,
            TruncatedAt = TruncatedAt,
        };
    }

    // An input that ends early may still be in its first parts.
    private void EndPhases()
    {
        if (_phase == Phase.Start)
        {
            ReadOnlySpan<byte> start = _gather.AsSpan(0, _gathered);
            FeedGathered(start, Begin(start));
        }

        if (_phase == Phase.FileMeta && _metaParser is { } meta)
        {
            EndFileMeta(meta);
        }

        if (_phase == Phase.Peek && _gathered > 0)
        {
            ReadOnlySpan<byte> first = _gather.AsSpan(0, _gathered);
            BeginDataSet(first);
            FeedGathered(first, 0);
        }
    }

    private TransferSyntax ActualSyntax(PixelDataLocation? pixels)
    {
        if (_declared is not null && pixels is not null && _declared.IsKnown
            && pixels.Length > 0 && pixels.IsEncapsulated != _declared.IsEncapsulated)
        {
            _warnings.Add(ReadTolerance.PixelEncapsulationMismatch, pixels.Offset, pixels.Tag);
        }

        return SyntaxRead();
    }

    // What is declared, unless its first element says otherwise.
    private TransferSyntax SyntaxRead()
    {
        EncodingGuess actual = _dataParser?.Encoding ?? s_explicitLittleEndian;
        bool asDeclared = _declared is not null
            && (_declared.IsEncapsulated || _declared.IsDeflated || _dataParser is null
                || (_declared.IsExplicitVr == actual.IsExplicitVr && _declared.ByteOrder == actual.ByteOrder));
        if (asDeclared && _declared is not null)
        {
            return _declared;
        }

        return actual switch
        {
            { ByteOrder: ByteOrder.BigEndian } => TransferSyntax.ExplicitBigEndian,
            { IsExplicitVr: false } => TransferSyntax.ImplicitLittleEndian,
            _ => TransferSyntax.ExplicitLittleEndian,
        };
    }
}
