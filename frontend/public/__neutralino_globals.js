// The desktop host answers this address with its globals; in a browser there are none.
